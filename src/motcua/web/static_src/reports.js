// Sending a report: the phone's own position, when the person asks for it. Without this file
// (or without a position) the ward is chosen and the address typed.
const box = document.querySelector("[data-locate]");

if (box && "geolocation" in navigator) {
  const status = box.querySelector("[data-locate-status]");
  const form = document.querySelector("form input[name=longitude]").form;
  box.hidden = false;
  box.querySelector("[data-locate-now]").addEventListener("click", () => {
    status.textContent = box.dataset.finding;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.longitude.value = coords.longitude.toFixed(6);
        form.elements.latitude.value = coords.latitude.toFixed(6);
        status.textContent = `${box.dataset.found} ${Math.round(coords.accuracy)} m`;
      },
      () => {
        status.textContent = box.dataset.failed;
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}
