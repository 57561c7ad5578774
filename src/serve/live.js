// Loads the page anew after the next build, and shows what is wrong with the texts.
(() => {
  const built = Number(document.currentScript.dataset.build);

  const ask = (seen) => {
    const script = document.createElement("script");
    script.src = "/.hexapla/news.js?seen=" + seen;
    script.onload = () => script.remove();
    script.onerror = () => { script.remove(); setTimeout(ask, 1000, seen); };
    document.head.append(script);
  };

  const show = (report) => {
    const box = document.createElement("pre");
    box.textContent = report;
    box.dir = "ltr";
    box.lang = "en";
    box.tabIndex = 0;
    Object.assign(box.style, {
      position: "fixed", insetInline: "0", bottom: "0", maxHeight: "40vh", overflow: "auto", margin: "0",
      padding: "1rem", background: "#2b1a12", color: "#ffe9dc", font: "14px/1.5 monospace", zIndex: "99",
      borderTop: "3px solid #c4572a", whiteSpace: "pre-wrap", textAlign: "left",
    });
    document.body.append(box);
  };

  window.hexaplaNews = (number, report) => {
    if (number !== built) return location.reload();
    if (report && !document.querySelector("pre[data-report]")) {
      show(report);
      document.body.lastElementChild.dataset.report = "";
    }
    ask(number);
  };

  ask("");
})();
