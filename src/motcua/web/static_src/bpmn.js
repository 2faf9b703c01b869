// Draws <div data-bpmn="address" data-current="step"> read-only, with "you are here".
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "./css/bpmn.css";

async function draw(box) {
  const fallback = [...box.childNodes];
  try {
    const answer = await fetch(box.dataset.bpmn, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const xml = await answer.text();
    // The words stay for those who listen instead of looking.
    const words = document.createElement("div");
    words.className = "sr-only";
    words.append(...fallback);
    box.append(words);
    box.dataset.drawing = "";
    const fontFamily = getComputedStyle(box).fontFamily;
    const viewer = new NavigatedViewer({
      container: box,
      textRenderer: { defaultStyle: { fontFamily, fontSize: 13 }, externalStyle: { fontSize: 13 } },
    });
    await viewer.importXML(xml);
    const canvas = viewer.get("canvas");
    canvas.zoom("fit-viewport", "auto");
    (box.dataset.current ?? "").split(" ").filter(Boolean).forEach((step) => {
      if (viewer.get("elementRegistry").get(step)) canvas.addMarker(step, "is-here");
    });
    (box.dataset.passed ?? "").split(" ").filter(Boolean).forEach((step) => {
      if (viewer.get("elementRegistry").get(step)) canvas.addMarker(step, "is-passed");
    });
    box.dataset.drawn = "";
  } catch (error) {
    // What the server wrote inside the box (the steps as a list) is shown instead.
    box.replaceChildren(...fallback);
    delete box.dataset.drawing;
    box.dataset.failed = String(error);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-bpmn]").forEach(draw);
});
