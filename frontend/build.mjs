// Bundles the front end into src/motcua/web/static/dist. Run through
// `python -m motcua.web.design.build`, or `npm run build` here.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "..", "src", "motcua", "web");
const source = join(web, "static_src");
const final = join(web, "static", "dist");
// Made aside and moved, so that a running server never meets half a build.
const target = `${final}.new`;
const modules = join(here, "node_modules");
const PACKED = ["lucide-static", "@expo-google-fonts/tinos", "@expo-google-fonts/dancing-script"];

async function bundle() {
  const entries = { app: "js/app.js", "app.css": "css/app.css", forms: "forms.js", hall: "hall.js", counter: "counter.js", card: "card.js", bpmn: "bpmn.js", editor: "editor.js", modeler: "modeler.js", reports: "reports.js" };
  const entryPoints = Object.entries(entries)
    .map(([out, file]) => ({ out: out.replace(/\.css$/, ""), in: join(source, file) }))
    .filter((entry) => existsSync(entry.in));
  const done = await build({
    metafile: true,
    entryPoints,
    outdir: target,
    bundle: true,
    minify: true,
    format: "iife",
    charset: "utf8",
    legalComments: "linked",
    target: ["chrome99", "firefox97", "safari15.4"],
    nodePaths: [modules],
    loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "file" },
    assetNames: "[ext]/[name]",
    logLevel: "warning",
  });
  return Object.keys(done.metafile.inputs);
}

// What we ship of others goes with their licences.
async function licences(inputs) {
  const found = inputs
    .map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean);
  const names = [...new Set([...found, ...PACKED])].sort();
  const texts = await Promise.all(
    names.map(async (name) => {
      const folder = join(modules, name);
      const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? await readFile(join(folder, file), "utf8") : "";
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    }),
  );
  await writeFile(join(target, "licences.txt"), texts.join(`\n${"-".repeat(72)}\n\n`));
}

async function sprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const file = join(modules, "lucide-static", "icons", `${name}.svg`);
      if (!existsSync(file)) throw new Error(`icons.txt: Lucide has no icon "${name}"`);
      const drawing = (await readFile(file, "utf8"))
        .replace(/<!--[\s\S]*?-->/g, "")
        .replace(/^[\s\S]*?<svg[^>]*>/, "")
        .replace("</svg>", "")
        .replace(/\s*\n\s*/g, "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
    }),
  );
  await writeFile(
    join(target, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
  );
}

// The TTFs that printed documents are set in; the browser never asks for them.
async function printFonts() {
  const folder = join(target, "print-fonts");
  await mkdir(folder, { recursive: true });
  const faces = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"].map((face) => [
    "tinos", face, `Tinos_${face}.ttf`,
  ]);
  for (const [family, face, file] of [...faces, ["dancing-script", "600SemiBold", "DancingScript_600SemiBold.ttf"]]) {
    await copyFile(join(modules, "@expo-google-fonts", family, face, file), join(folder, file));
  }
}

async function report() {
  for (const name of (await readdir(final)).sort()) {
    if (!/\.(css|js|svg)$/.test(name)) continue;
    const bytes = await readFile(join(final, name));
    const packed = (gzipSync(bytes).length / 1024).toFixed(1);
    console.log(`  ${name.padEnd(12)} ${(bytes.length / 1024).toFixed(1)} kB, ${packed} kB compressed`);
  }
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const inputs = await bundle();
await licences(inputs);
await sprite();
await printFonts();
await copyFile(join(source, "img", "mark.svg"), join(target, "mark.svg"));
await rm(final, { recursive: true, force: true });
await rename(target, final);
await report();
