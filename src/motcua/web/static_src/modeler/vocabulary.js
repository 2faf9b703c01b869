// Our extension elements of BPMN (urn:motcua:bpmn:1), as the drawing program reads and writes them.
const type = (name, keys) => ({
  name,
  superClass: ["Element"],
  properties: keys.split(" ").map((key) => ({ name: key, isAttr: true, type: "String" })),
});

export const motcua = {
  name: "motcua",
  uri: "urn:motcua:bpmn:1",
  prefix: "motcua",
  xml: { tagAlias: "lowerCase" },
  types: [
    type("Process", "key en legal_basis variables extra"),
    type("Step", "kind en role unit hours state silence silence_action legal_basis note extra"),
    type("Action", "code en verb when primary asks role unit signals extra"),
    type("Timer", "code en verb amount unit"),
    type("Gateway", "back"),
  ],
};
