/* Gives every field with data-copy a button that copies what is in it. Pages
   work without: the fields are there to be selected, and there are no buttons.
   data-copy is the word on the button, data-copied what is said afterwards, to
   the eye and to screen readers. Nothing is read from the clipboard. */
for (const field of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet';
  button.textContent = field.dataset.copy;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  let rest;
  button.addEventListener('click', async () => {
    clearTimeout(rest);
    said.textContent = '';
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      /* A page without https has no clipboard; what is selected can still be copied. */
      field.select();
      copied = document.execCommand('copy');
      button.focus();
    }
    if (!copied) {
      field.select();
      return;
    }
    said.textContent = field.dataset.copied;
    rest = setTimeout(() => { said.textContent = ''; }, 4000);
  });
  field.after(button, said);
}
