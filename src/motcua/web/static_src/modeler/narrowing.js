// Of all that BPMN offers, only what a process of ours may hold.
const PAD = new Set(["append.end-event", "append.gateway", "append.append-task", "replace", "connect", "delete"]);
const REPLACE = new Set([
  "replace-with-user-task", "replace-with-exclusive-gateway", "replace-with-parallel-gateway",
  "replace-with-none-end", "replace-with-terminate-end", "replace-with-timer-boundary",
  "replace-with-non-interrupting-timer-boundary",
]);

const only = (allowed) => (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([key]) => allowed.has(key)));

class OwnPalette {
  constructor(palette) {
    palette.registerProvider(this);
  }

  // The tools stand as buttons above the drawing, where the keyboard finds them.
  getPaletteEntries() {
    return {};
  }
}
OwnPalette.$inject = ["palette"];

class Narrowing {
  constructor(contextPad, popupMenu) {
    contextPad.registerProvider(100, {
      getContextPadEntries: () => only(PAD),
      getMultiElementContextPadEntries: () => only(PAD),
    });
    popupMenu.registerProvider("bpmn-replace", 100, {
      getPopupMenuEntries: () => only(REPLACE),
      getPopupMenuHeaderEntries: () => () => ({}),
    });
  }
}
Narrowing.$inject = ["contextPad", "popupMenu"];

export function keepOnly() {
  return {
    __init__: ["paletteProvider", "narrowing"],
    paletteProvider: ["type", OwnPalette],
    narrowing: ["type", Narrowing],
  };
}
