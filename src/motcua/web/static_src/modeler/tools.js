// The buttons above the drawing. What they add lands beside what is selected, so that the
// keyboard alone can draw.
function place(page) {
  const chosen = page.get("selection").get()[0];
  const registry = page.get("elementRegistry");
  const canvas = page.get("canvas");
  const pool = registry.filter((e) => e.type === "bpmn:Participant")[0] ?? canvas.getRootElement();
  return { chosen: chosen?.width && chosen.parent && chosen.type !== "bpmn:Participant" ? chosen : null, pool };
}

function add(page, type) {
  const { chosen, pool } = place(page);
  const shape = page.get("elementFactory").createShape({ type });
  const modeling = page.get("modeling");
  const made = chosen && chosen.type !== "bpmn:Lane" && chosen.type !== "bpmn:EndEvent"
    ? page.get("autoPlace").append(chosen, shape)
    : modeling.createShape(shape, { x: pool.x + 200, y: pool.y + 80 }, pool);
  page.get("selection").select(made);
  page.get("canvas").scrollToElement?.(made);
}

function addTimer(page) {
  const task = page.get("selection").get().find((e) => e.type?.endsWith("Task"));
  if (!task) {
    page.said.textContent = page.words.say.noTask;
    return;
  }
  const factory = page.get("bpmnFactory");
  const due = factory.create("bpmn:TimerEventDefinition", {});
  due.timeDuration = factory.create("bpmn:FormalExpression", { body: "P5D" });
  due.timeDuration.$parent = due;
  const shape = page.get("elementFactory").createShape({ type: "bpmn:BoundaryEvent" });
  shape.businessObject.eventDefinitions = [due];
  due.$parent = shape.businessObject;
  const at = { x: task.x + task.width / 2, y: task.y + task.height };
  const made = page.get("modeling").createShape(shape, at, task, { attach: true });
  page.get("selection").select(made);
}

// Joins the two that are selected, in the order they were chosen.
function connect(page) {
  const [from, to] = page.get("selection").get();
  if (from && to) page.get("selection").select(page.get("modeling").connect(from, to));
  else page.get("globalConnect").toggle();
}

export function tools(bar, page) {
  const say = page.words.say;
  const zoom = (by) => () => page.get("zoomScroll").stepZoom(by);
  const entries = [
    ...(page.words.editable
      ? [
          [say.task, () => add(page, "bpmn:UserTask")],
          [say.exclusive, () => add(page, "bpmn:ExclusiveGateway")],
          [say.parallel, () => add(page, "bpmn:ParallelGateway")],
          [say.endEvent, () => add(page, "bpmn:EndEvent")],
          [say.timerEvent, () => addTimer(page)],
          [say.connect, () => connect(page)],
          [say.undo, () => page.get("commandStack").undo()],
          [say.redo, () => page.get("commandStack").redo()],
        ]
      : []),
    [say.zoomIn, zoom(1)],
    [say.zoomOut, zoom(-1)],
    [say.fit, () => page.get("canvas").zoom("fit-viewport", "auto")],
  ];
  entries.forEach(([text, run]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = text;
    button.addEventListener("click", run);
    bar.append(button);
  });
}
