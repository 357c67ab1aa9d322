//! The way through a conversation: a tree, since an earlier message that is edited makes a branch. Pure.

use std::collections::BTreeMap;

/// One turn, as far as its place goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a> {
    /// Its id, once the worker has given one.
    pub(crate) id: Option<&'a str>,
    /// The turn that it follows.
    pub(crate) after: Option<&'a str>,
}

/// A turn on the way, with those that stand in the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Which one, by its place among the nodes.
    pub(crate) node: usize,
    /// All that follow the same turn, itself among them, oldest first.
    pub(crate) branches: Vec<usize>,
}

/// The way through `nodes`, oldest first: through `focus` where there is such a turn, else to what was said last.
pub(crate) fn way(nodes: &[Node<'_>], focus: Option<&str>) -> Vec<Step> {
    let places: BTreeMap<&str, usize> =
        nodes.iter().enumerate().filter_map(|(at, node)| Some((node.id?, at))).collect();
    // A turn follows an older one; what follows nothing that is known begins by itself.
    let parent = |at: usize| -> Option<usize> {
        let after = nodes.get(at)?.after?;
        places.get(after).copied().filter(|parent| *parent < at)
    };
    let mut newest: Vec<usize> = (0..nodes.len()).collect();
    for at in (0..nodes.len()).rev() {
        let own = newest.get(at).copied().unwrap_or(at);
        if let Some(above) = parent(at).and_then(|parent| newest.get_mut(parent)) {
            *above = (*above).max(own);
        }
    }
    let mut through = Vec::new();
    let mut up = focus.and_then(|focus| places.get(focus).copied());
    while let Some(at) = up {
        through.push(at);
        up = parent(at);
    }
    let mut steps = Vec::new();
    let mut from = None;
    loop {
        let branches: Vec<usize> = (0..nodes.len()).filter(|at| parent(*at) == from).collect();
        let wanted = branches.iter().copied().find(|at| through.contains(at));
        let last = || branches.iter().copied().max_by_key(|at| newest.get(*at).copied());
        let Some(node) = wanted.or_else(last) else { return steps };
        steps.push(Step { node, branches });
        from = Some(node);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nodes<'a>(of: &[(&'a str, Option<&'a str>)]) -> Vec<Node<'a>> {
        of.iter().map(|(id, after)| Node { id: Some(id), after: *after }).collect()
    }

    fn path(nodes: &[Node<'_>], focus: Option<&str>) -> String {
        way(nodes, focus)
            .iter()
            .map(|step| format!("{}{}", nodes[step.node].id.unwrap_or("?"), step.branches.len()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_way_leads_to_what_was_said_last_or_through_what_is_looked_at() {
        // a ─ b ─ c, and b2 instead of b, with d after it.
        let all =
            nodes(&[("a", None), ("b", Some("a")), ("c", Some("b")), ("b2", Some("a")), ("d", Some("b2"))]);
        assert_eq!(path(&all, None), "a1 b22 d1");
        assert_eq!(path(&all, Some("b")), "a1 b2 c1");
        assert_eq!(path(&all, Some("c")), "a1 b2 c1");
        assert_eq!(path(&all, Some("gone")), "a1 b22 d1");
    }

    #[test]
    fn a_branch_that_is_spoken_in_again_is_the_last_one() {
        let all = nodes(&[("a", None), ("b", Some("a")), ("b2", Some("a")), ("c", Some("b"))]);
        assert_eq!(path(&all, None), "a1 b2 c1");
    }

    #[test]
    fn the_first_message_may_have_branches_and_what_is_not_sent_yet_has_its_place() {
        let mut all = nodes(&[("a", None), ("a2", None)]);
        all.push(Node { id: None, after: Some("a2") });
        assert_eq!(path(&all, None), "a22 ?1");
    }

    proptest! {
        #[test]
        fn no_tree_goes_round_in_circles(edges in prop::collection::vec((0..9_u8, prop::option::of(0..9_u8)), 0..12)) {
            let names: Vec<_> = edges.iter().map(|(id, after)| (id.to_string(), after.map(|after| after.to_string()))).collect();
            let all: Vec<_> = names.iter().map(|(id, after)| Node { id: Some(id), after: after.as_deref() }).collect();
            let steps = way(&all, Some("3"));
            prop_assert!(steps.len() <= all.len());
            prop_assert_eq!(steps.is_empty(), all.is_empty());
        }
    }
}
