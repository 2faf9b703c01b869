// Drawing a process: bpmn-js with a palette, a context pad and a properties panel cut down to
// what a process of ours may hold. The table of steps on the same page does without it.
import Modeler from "bpmn-js/lib/Modeler";
import Align from "bpmn-js/lib/features/align-elements";
import Distribute from "bpmn-js/lib/features/distribute-elements";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "./css/modeler.css";
import { keepOnly } from "./modeler/narrowing.js";
import { showPanel } from "./modeler/panel.js";
import { motcua } from "./modeler/vocabulary.js";
import { tools } from "./modeler/tools.js";

// Their icons carry style attributes, which the content security policy refuses.
class Drawer extends Modeler {}
Drawer.prototype._modules = Modeler.prototype._modules.filter((m) => m !== Align && m !== Distribute);

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

class Page {
  constructor(box) {
    this.box = box;
    this.words = JSON.parse(document.getElementById("process-words").textContent);
    this.said = box.querySelector("[data-said]");
    this.revision = box.dataset.revision;
    box.hidden = false;
    const fontFamily = getComputedStyle(box).fontFamily;
    this.modeler = new Drawer({
      container: box.querySelector("[data-canvas]"),
      moddleExtensions: { motcua },
      additionalModules: [keepOnly(this.words)],
      textRenderer: { defaultStyle: { fontFamily, fontSize: 13 }, externalStyle: { fontSize: 13 } },
    });
  }

  async open() {
    const answer = await fetch(this.words.load, { credentials: "same-origin" });
    await this.modeler.importXML(await answer.text());
    this.get("canvas").zoom("fit-viewport", "auto");
    this.lanes = this.lanesNow();
    this.mark(JSON.parse(document.getElementById("process-fault-data").textContent));
    const panel = this.box.querySelector("[data-panel]");
    const draw = () => showPanel(panel, this);
    this.get("eventBus").on("selection.changed", draw);
    draw();
    tools(this.box.querySelector("[data-tools]"), this);
    if (this.words.editable) {
      let timer = 0;
      this.get("eventBus").on("commandStack.changed", () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.save(), 1500);
      });
    }
    this.box.dataset.drawn = "";
  }

  get(service) {
    return this.modeler.get(service);
  }

  // A step that was drawn into another lane is held by that lane's role.
  lanesNow() {
    const found = new Map();
    this.get("elementRegistry").filter((e) => e.type === "bpmn:Lane").forEach((lane) => {
      (lane.businessObject.flowNodeRef ?? []).forEach((node) => found.set(node.id, lane.businessObject));
    });
    return found;
  }

  followLanes() {
    const now = this.lanesNow();
    now.forEach((lane, id) => {
      const before = this.lanes.get(id);
      const role = this.words.roles.find(([key, text]) => [key, text].includes(lane.name) || lane.id === `Lane_${key}`);
      const element = this.get("elementRegistry").get(id);
      if (before !== lane && role && element?.businessObject.$type.endsWith("Task")) {
        this.own(element, "Step").role = role[0];
      }
    });
    this.lanes = now;
  }

  // Our extension element of a BPMN element, made when it is not there yet.
  own(element, type) {
    const moddle = this.get("moddle");
    const object = element.businessObject;
    if (!object.extensionElements) {
      object.extensionElements = moddle.create("bpmn:ExtensionElements", { values: [] });
      object.extensionElements.$parent = object;
    }
    const values = object.extensionElements.get("values");
    let found = values.find((value) => value.$type === `motcua:${type}`);
    if (!found) {
      found = moddle.create(`motcua:${type}`, {});
      found.$parent = object.extensionElements;
      values.push(found);
    }
    return found;
  }

  set(element, type, key, value) {
    const target = this.own(element, type);
    this.get("modeling").updateModdleProperties(element, target, { [key]: value === "" ? undefined : value });
  }

  async save() {
    if (this.saving) {
      this.again = true;
      return;
    }
    this.saving = true;
    this.followLanes();
    const { xml } = await this.modeler.saveXML({ format: true });
    const data = new FormData();
    data.set("xml", xml);
    data.set("revision", this.revision);
    try {
      const answer = await fetch(this.words.save, {
        method: "POST", body: data, credentials: "same-origin", headers: { "X-CSRFToken": token() },
      });
      const told = await answer.json();
      this.said.textContent = told.text ?? this.words.say.failed;
      if (answer.ok) {
        this.revision = told.revision;
        document.querySelectorAll("input[name=revision]").forEach((box) => { box.value = told.revision; });
        this.mark(told.faults);
      }
      this.box.dataset.saved = answer.ok ? String(told.faults.length) : "";
    } catch {
      this.said.textContent = this.words.say.failed;
    }
    this.saving = false;
    if (this.again) {
      this.again = false;
      this.save();
    }
  }

  // Faults at their places: our ids are the drawing's in lower case.
  mark(faults) {
    const registry = this.get("elementRegistry");
    const canvas = this.get("canvas");
    const overlays = this.get("overlays");
    overlays.remove({ type: "fault" });
    const byId = new Map(registry.getAll().map((e) => [e.id.toLowerCase().replace(/-/g, "_"), e]));
    registry.forEach((e) => canvas.removeMarker(e, "has-fault"));
    const list = document.createElement("ul");
    list.className = "fault-list";
    const marked = new Map();
    faults.forEach((fault) => {
      const element = fault.element && byId.get(fault.element.toLowerCase().replace(/-/g, "_"));
      const line = document.createElement("li");
      if (element) {
        marked.set(element, [...(marked.get(element) ?? []), fault.text]);
        const button = document.createElement("button");
        button.type = "button";
        button.className = "link";
        button.textContent = `${element.businessObject.name || element.id}: ${fault.text}`;
        button.addEventListener("click", () => {
          canvas.scrollToElement?.(element);
          this.get("selection").select(element);
        });
        line.append(button);
      } else {
        line.textContent = fault.text;
      }
      list.append(line);
    });
    marked.forEach((texts, element) => {
      canvas.addMarker(element, "has-fault");
      if (element.waypoints) return;
      const badge = document.createElement("span");
      badge.className = "fault-badge";
      badge.title = texts.join("\n");
      badge.textContent = String(texts.length);
      overlays.add(element, "fault", { position: { top: -10, right: 10 }, html: badge });
    });
    const box = document.getElementById("process-faults");
    box.replaceChildren();
    if (faults.length) {
      const notice = document.createElement("div");
      notice.className = "notice notice-warning";
      notice.append(list);
      box.append(notice);
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("modeler");
  if (!box) return;
  const page = new Page(box);
  page.open().catch((error) => {
    // The table of steps below does the same without a drawing.
    box.hidden = true;
    box.dataset.failed = String(error);
  });
});
