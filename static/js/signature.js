// The box to draw one's name in: pen, finger and mouse alike. The picture goes into the form's hidden field.
for (const form of document.querySelectorAll("form[data-signature]")) {
  const box = form.querySelector("[data-signature-box]");
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  let drawn = false;

  const clear = () => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
    form.elements.drawing.value = "";
  };
  const place = (event) => {
    const edge = canvas.getBoundingClientRect();
    return [((event.clientX - edge.left) * canvas.width) / edge.width, ((event.clientY - edge.top) * canvas.height) / edge.height];
  };

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
    drawn = true;
  });
  form.querySelector("[data-signature-clear]").addEventListener("click", clear);
  form.addEventListener("submit", () => {
    form.elements.drawing.value = drawn ? canvas.toDataURL("image/png") : "";
  });

  box.hidden = false;
  form.querySelector("[data-signature-note]").hidden = true;
  clear();
  Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#000000" });
}
