// Runs before the first paint and before the program. It is plain JavaScript because it has to speak when the
// program cannot: language and theme without a flash, and a readable message when something has failed.
"use strict";

(() => {
  const root = document.documentElement;
  const SLOW_MS = 15000;

  const texts = {
    "zh-CN": {
      noWasm: ["此浏览器无法运行本页", "需要支持 WebAssembly 的浏览器。请更新浏览器，或换用最新版 Chrome、Edge、Firefox、Safari。"],
      failed: ["页面没能启动", "程序没有完整载入，可能是网络中断或刚刚更新过。请重新载入；你的作品都保存着。"],
      slow: ["载入比平时慢", "网络可能较慢，请再等一会儿，或重新载入。"],
      panic: ["页面出错，已停止响应", "已提交的任务不受影响，会在后台继续。请重新载入。"],
      reload: "重新载入",
    },
    en: {
      noWasm: ["This browser cannot run the page", "It needs WebAssembly. Please update the browser, or use a current Chrome, Edge, Firefox or Safari."],
      failed: ["The page could not start", "The program did not load completely: the connection may have dropped, or it has just been updated. Please reload; your work is kept."],
      slow: ["Loading takes longer than usual", "The connection may be slow. Wait a little, or reload."],
      panic: ["The page has stopped working", "What you have submitted is not affected and goes on in the background. Please reload."],
      reload: "Reload",
    },
  };

  function kept(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // The same rule as in the program: what was chosen, else the first of the two that the browser lists.
  function language() {
    const listed = [kept("studio.language"), ...(navigator.languages || [])];
    const first = listed.map((tag) => String(tag).toLowerCase().split("-")[0]).find((tag) => tag === "zh" || tag === "en");
    return first === "en" ? "en" : "zh-CN";
  }

  // A login link: its code goes out of the address and its history at once, to the program alone.
  if (location.pathname === "/login" && location.hash.length > 1) {
    window.studioCode = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }

  root.lang = language();
  const theme = kept("studio.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.dataset.boot = "loading";

  const started = () => root.dataset.ready === "true";

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  // One message at a time; the gravest stays.
  function halt(what, detail) {
    if (!document.body) {
      document.addEventListener("DOMContentLoaded", () => halt(what, detail), { once: true });
      return;
    }
    document.querySelector(".halt")?.remove();
    const words = texts[root.lang] || texts["zh-CN"];
    const box = element("div", "halt", "");
    box.setAttribute("role", "alert");
    const text = element("div", "halt__text", "");
    text.append(element("p", "halt__title", words[what][0]), element("p", "", words[what][1]));
    if (detail) text.append(element("p", "halt__detail", detail));
    box.append(text);
    if (what !== "noWasm") {
      const button = element("button", "button button--primary button--medium", words.reload);
      button.type = "button";
      button.addEventListener("click", () => location.reload());
      box.append(button);
    }
    document.body.append(box);
  }

  function fail(what, detail) {
    if (root.dataset.boot === "failed") return;
    root.dataset.boot = "failed";
    halt(what, detail);
  }

  function short(value) {
    const text = String((value && value.message) || value || "");
    return text.length > 300 ? `${text.slice(0, 300)}…` : text;
  }

  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") {
    fail("noWasm");
    return;
  }

  // A script that did not arrive (capture: such events do not bubble), a program that did not compile.
  addEventListener(
    "error",
    (event) => {
      const tag = event.target && event.target.tagName;
      if (!started() && (tag === "SCRIPT" || tag === undefined)) fail("failed", short(event.message));
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => {
    if (!started()) fail("failed", short(event.reason));
  });

  // Nothing of the program runs after a panic: what it sends is its last word.
  addEventListener("studio:panic", (event) => fail("panic", short(event.detail)));

  const slow = setTimeout(() => {
    if (!started() && root.dataset.boot === "loading") halt("slow");
  }, SLOW_MS);

  new MutationObserver((_, observer) => {
    if (!started()) return;
    observer.disconnect();
    clearTimeout(slow);
    if (root.dataset.boot === "loading") {
      root.dataset.boot = "done";
      document.querySelector(".halt")?.remove();
    }
  }).observe(root, { attributes: true, attributeFilter: ["data-ready"] });
})();
