/* A button that copies the text beside it, where the browser lets a page do that. */

for (const box of document.querySelectorAll("[data-lpsa-copy]")) {
  const text = box.querySelector(".lpsa-copied");
  if (!text || !navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lpsa-copy";
  button.textContent = box.dataset.lpsaCopy;
  const said = document.createElement("span");
  said.className = "lpsa-unseen";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
    } catch {
      return; // not allowed here: the text can be selected
    }
    said.textContent = button.textContent = box.dataset.lpsaCopied;
    setTimeout(() => {
      button.textContent = box.dataset.lpsaCopy;
      said.textContent = "";
    }, 3000);
  });
  box.append(button, said);
}
