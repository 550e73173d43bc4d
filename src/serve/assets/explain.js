// Says what a number means: while the pointer is on it or the focus is in it, in a small box beside it.

const box = document.getElementById("explanation");
let shown = null;

/** Gives an element its explanation (plain text). */
export function explain(element, text) {
  if (element.dataset.explain === text) return;
  element.dataset.explain = text;
  if (element === shown) box.textContent = text;
}

function show(element) {
  if (shown === element) return;
  hide();
  shown = element;
  box.textContent = element.dataset.explain;
  box.hidden = false;
  element.setAttribute("aria-describedby", "explanation");
  place(element.getBoundingClientRect());
}

/** Puts the box below the element, or above it where there is no room. */
function place(around) {
  const margin = 8;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(around.left, window.innerWidth - width - margin);
  const below = around.bottom + 6;
  const fits = below + height + margin < window.innerHeight;
  box.style.left = `${Math.max(margin, left)}px`;
  box.style.top = `${fits ? below : Math.max(margin, around.top - height - 6)}px`;
}

function hide() {
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = null;
  box.hidden = true;
}

const explained = (event) => event.target instanceof Element && event.target.closest("[data-explain]");

// What scrolls or moves under a pointer that lies still is not pointed at.
let rests = "";

document.addEventListener("pointerover", (event) => {
  const lies = `${event.clientX} ${event.clientY}`;
  if (lies === rests) return;
  rests = lies;
  const element = explained(event);
  if (element) show(element);
  else hide();
});
document.addEventListener("pointermove", ({ clientX, clientY }) => (rests = `${clientX} ${clientY}`), { passive: true });
document.addEventListener("focusin", (event) => {
  const element = explained(event);
  if (element && element.matches(":focus-visible, :has(:focus-visible)")) show(element);
  else hide();
});
document.addEventListener("focusout", hide);
document.addEventListener("scroll", hide, { capture: true, passive: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
