// Copies what the pages need from node_modules to build/static, what the PDF needs to build/fonts, and draws the two maps.
// The maps show coast lines only; ui/maps.py knows the same frames and places the points.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { geoEquirectangular, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const modules = join(root, "node_modules");
const kern = join(modules, "@kern-ux", "native", "dist");
const target = join(root, "build", "static");
const cuts = { 400: "Regular", 500: "Medium", 600: "SemiBold" };

async function copyKern() {
  await mkdir(join(target, "kern", "fonts"), { recursive: true });
  await cp(join(kern, "kern.min.css"), join(target, "kern", "kern.min.css"));
  const faces = [];
  for (const [weight, cut] of Object.entries(cuts)) {
    const file = `FiraSans-${cut}.woff2`;
    await cp(join(kern, "fonts", "fira-sans", file), join(target, "kern", "fonts", file));
    faces.push(
      `@font-face{font-family:"Fira Sans";src:url("fonts/${file}") format("woff2");` +
        `font-weight:${weight};font-style:normal;font-display:swap}`,
    );
  }
  await writeFile(join(target, "kern", "fonts.css"), `${faces.join("\n")}\n`);
}

// Read by reports/pdf.py.
async function copySigns() {
  const fonts = join(root, "build", "fonts");
  await mkdir(fonts, { recursive: true });
  await cp(join(modules, "dejavu-fonts-ttf", "ttf", "DejaVuSans.ttf"), join(fonts, "DejaVuSans.ttf"));
}

// Shared with ui/maps.py.
const frames = JSON.parse(await readFile(join(root, "ui", "assets", "frames.json"), "utf8"));

async function drawMap(name) {
  const frame = frames[name];
  const topology = JSON.parse(await readFile(join(modules, "world-atlas", `${frame.atlas}.json`), "utf8"));
  const land = feature(topology, topology.objects.land);
  const width = (frame.east - frame.west) * frame.x_per_degree;
  const height = (frame.north - frame.south) * frame.y_per_degree;
  // d3 projects with one scale for both axes; the narrower x of the Europe map is applied afterwards.
  const scale = (frame.y_per_degree * 180) / Math.PI;
  const squeeze = frame.x_per_degree / frame.y_per_degree;
  const projection = geoEquirectangular()
    .scale(scale)
    .translate([-frame.west * frame.y_per_degree, frame.north * frame.y_per_degree])
    .clipExtent([[0, 0], [width / squeeze, height]]);
  const path = geoPath(projection)(land);
  const drawn = round(path, squeeze, frame.precision);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">` +
    `<path id="land" d="${drawn}"/></svg>\n`;
  await mkdir(join(target, "maps"), { recursive: true });
  await writeFile(join(target, "maps", `${name}.svg`), svg);
  console.log(`maps/${name}.svg ${Math.round(svg.length / 1024)} kB`);
}

// Whole or tenth pixels, x squeezed, points that fall together dropped.
function round(path, squeeze, digits) {
  const factor = 10 ** digits;
  return path
    .split("Z")
    .map((ring) => {
      const points = ring.replace(/^M/, "").split("L").filter(Boolean).map((pair) => {
        const [x, y] = pair.split(",").map(Number);
        return [Math.round(x * squeeze * factor) / factor, Math.round(y * factor) / factor];
      });
      const kept = points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]);
      return kept.length > 2 ? `M${kept.map((point) => point.join(" ")).join("L")}Z` : "";
    })
    .join("");
}

await copyKern();
await copySigns();
await drawMap("world");
await drawMap("europe");
