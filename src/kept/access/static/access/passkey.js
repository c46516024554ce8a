// Show what needs scripts, and say in words when a passkey fails.
for (const form of document.querySelectorAll(".kept-passkey")) {
  if (window.PublicKeyCredential) form.hidden = false
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const problem = document.getElementById("passkey-problem")
  if (problem) problem.hidden = false
})
