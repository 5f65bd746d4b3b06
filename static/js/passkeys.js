// Passkeys and security keys: the browser asks its person, and the answer goes into the form's hidden field.
async function wanted(form) {
  const given = document.getElementById("passkey-options");
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function ask(form) {
  const options = await wanted(form);
  if (!options.creation_options) return window.webauthnJSON.get(options.request_options);
  options.creation_options.publicKey.authenticatorSelection.residentKey = "preferred";
  return window.webauthnJSON.create(options.creation_options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      trouble.hidden = false;
      trouble.focus();
    }
  });
}
