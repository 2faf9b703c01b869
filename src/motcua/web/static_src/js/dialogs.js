// <a href="/page" data-dialog="id"> opens a dialog of this page instead of the other page.
export function startDialogs() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.button) return;
    const opener = event.target.closest?.("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    // A click on the shade closes; the form inside keeps what was typed.
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
}
