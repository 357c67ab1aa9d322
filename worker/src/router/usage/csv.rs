//! The table of what was spent, for spreadsheets: RFC 4180, pure.

use studio_shared::spend::{MemberSpendRow, SpendRow};
use studio_shared::words::{Label, Language};

/// Without it Excel takes the table for the system's own encoding and shows no Chinese.
const BOM: char = '\u{feff}';

const MEMBER: Label = Label::new("成员", "Member");

const HEADER: [Label; 6] = [
    Label::new("日期", "Day"),
    Label::new("类型", "Kind"),
    Label::new("模型", "Model"),
    Label::new("任务数", "Jobs"),
    Label::new("已计费（元）", "Billed (CNY)"),
    Label::new("可能另有计费，最多（元）", "Possibly billed beyond that, at most (CNY)"),
];

/// The table, with a header.
pub(super) fn table(rows: &[SpendRow], language: Language) -> String {
    let mut table = String::from(BOM);
    add(&mut table, &HEADER.map(|label| label.get(language).to_owned()));
    rows.iter().for_each(|row| add(&mut table, &cells(row)));
    table
}

/// The table of what everybody spent, with a header.
pub(super) fn table_of_members(rows: &[MemberSpendRow], language: Language) -> String {
    let mut table = String::from(BOM);
    let header = HEADER.map(|label| label.get(language).to_owned());
    add(&mut table, &[&[MEMBER.get(language).to_owned()][..], &header].concat());
    for row in rows {
        add(&mut table, &[&[row.name.clone()][..], &cells(&row.row)].concat());
    }
    table
}

fn cells(row: &SpendRow) -> [String; 6] {
    [
        row.day.to_string(),
        row.kind.as_str().to_owned(),
        row.model.clone(),
        row.jobs.to_string(),
        row.spent.to_string(),
        row.at_most.to_string(),
    ]
}

fn add(table: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    table.push_str(&cells.join(","));
    table.push_str("\r\n");
}

/// A cell. What a spreadsheet would take for a formula is marked as text.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use studio_shared::kind::Kind;
    use studio_shared::money::Money;

    use super::*;

    fn row(model: &str) -> SpendRow {
        SpendRow {
            day: "2026-11-22".parse().unwrap(),
            kind: Kind::Image,
            model: model.to_owned(),
            jobs: 3,
            spent: Money::from_fen(42),
            at_most: Money::from_nano(80_000),
        }
    }

    #[test]
    fn a_table_has_a_mark_a_header_and_a_line_for_each_row() {
        assert_eq!(
            table(&[row("wan2.2-t2i-flash")], Language::Zh),
            "\u{feff}日期,类型,模型,任务数,已计费（元）,可能另有计费，最多（元）\r\n\
             2026-11-22,image,wan2.2-t2i-flash,3,0.42,0.00008\r\n"
        );
        assert_eq!(
            table(&[], Language::En),
            "\u{feff}Day,Kind,Model,Jobs,Billed (CNY),\"Possibly billed beyond that, at most (CNY)\"\r\n"
        );
    }

    #[test]
    fn a_table_of_members_names_them_first() {
        let row = MemberSpendRow { member: "id".to_owned(), name: "=小明".to_owned(), row: row("m") };
        let table = table_of_members(&[row], Language::En);
        assert!(table.starts_with("\u{feff}Member,Day,Kind"), "{table}");
        assert!(table.contains("\r\n'=小明,2026-11-22,image,m,3,"), "{table}");
    }

    #[test]
    fn what_means_something_to_a_spreadsheet_is_made_harmless() {
        for (text, expected) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("\t=1", "'\t=1"),
            ("a,b", "\"a,b\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("\"", "\"\"\"\""),
            ("猫", "猫"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
