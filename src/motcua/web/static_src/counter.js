// The counter: a scanner's Enter goes on instead of sending; the camera reads a card; files
// dropped on the page go to the papers they are named after. Everything works without it.

const card = document.querySelector("[data-card]");
const procedure = document.getElementById("id_procedure");
if (card && procedure) {
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || procedure.value.trim()) return;
    event.preventDefault();
    procedure.focus();
  });
}

const camera = document.querySelector("[data-card-camera]");
const decoder = document.currentScript?.dataset.decoder;
if (camera && decoder && navigator.mediaDevices?.getUserMedia) {
  camera.hidden = false;
  const said = document.querySelector("[data-card-said]");
  camera.querySelector("button").addEventListener("click", async () => {
    try {
      const text = await scan(camera);
      if (!text) return;
      card.value = text;
      procedure.focus();
    } catch {
      said.textContent = said.dataset.fault;
    }
  });
}

async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  if (!window.readQrImage) {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = decoder;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    return window.readQrImage(pen.getImageData(0, 0, canvas.width, canvas.height));
  };
}

async function scan(place) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 } },
  });
  const video = document.createElement("video");
  video.className = "card-camera";
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  place.after(video);
  try {
    await video.play();
    const read = await reader();
    const until = performance.now() + 30_000;
    while (performance.now() < until) {
      const text = video.videoWidth ? await read(video).catch(() => "") : "";
      if (text) return text;
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    return "";
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.remove();
  }
}

// Dropped files: on a paper to that paper; elsewhere by the words of their names.
const form = document.querySelector("[data-drop-papers]");
const plain = (text) =>
  text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/[^a-z0-9]+/g, " ").trim();

function nearest(file, papers) {
  const wanted = new Set(plain(file.name).split(" ").filter((word) => word.length > 1));
  let best = papers[0];
  let most = 0;
  for (const paper of papers) {
    const hits = plain(paper.dataset.paper).split(" ").filter((word) => wanted.has(word)).length;
    if (hits > most) [best, most] = [paper, hits];
  }
  return most ? best : (papers.find((paper) => !paper.querySelector("input[type=file]").files.length) ?? best);
}

if (form) {
  const papers = [...form.querySelectorAll("[data-paper]")];
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length || !papers.length) return;
    event.preventDefault();
    const own = event.target.closest("[data-paper]");
    for (const file of files) {
      const paper = own ?? nearest(file, papers);
      const input = paper.querySelector("input[type=file]");
      const kept = new DataTransfer();
      [...input.files, file].forEach((one) => kept.items.add(one));
      input.files = kept.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      const box = paper.querySelector("input[type=checkbox]");
      if (box) box.checked = true;
    }
    const said = form.querySelector("[data-dropped]");
    if (said) said.textContent = said.dataset.words.replace("{n}", files.length);
  });
}
