// <button data-fullscreen="id">: the papers fill the screen; Escape brings the page back.
export function startFullscreen() {
  if (!document.fullscreenEnabled) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fullscreen]");
    const box = button && document.getElementById(button.dataset.fullscreen);
    if (!box) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else box.requestFullscreen();
  });
}
