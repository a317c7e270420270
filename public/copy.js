/* Gives every field with data-copy, and every block of code below data-code, a
   button that copies what is in it. Pages work without: the fields and the code
   are there to be selected, and there are no buttons. data-copy and data-code are
   the word on the button, data-copied what is said afterwards, to the eye and to
   screen readers. Of a terminal what was typed is copied, without the prompt and
   without what it answered. Nothing is read from the clipboard. */
function button(word, done, text, select) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet';
  button.textContent = word;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  let rest;
  button.addEventListener('click', async () => {
    clearTimeout(rest);
    said.textContent = '';
    let copied = false;
    try {
      await navigator.clipboard.writeText(text());
      copied = true;
    } catch {
      /* A page without https has no clipboard; what is selected can still be copied. */
      const put = event => {
        event.clipboardData.setData('text/plain', text());
        event.preventDefault();
      };
      select();
      document.addEventListener('copy', put);
      copied = document.execCommand('copy');
      document.removeEventListener('copy', put);
      button.focus();
    }
    if (!copied) {
      select();
      return;
    }
    said.textContent = done;
    rest = setTimeout(() => { said.textContent = ''; }, 4000);
  });
  return [button, said];
}
function typed(code) {
  const commands = [];
  let more = false;
  for (const line of code.textContent.split('\n')) {
    if (!more && !line.startsWith('$ ')) continue;
    commands.push(more ? line : line.slice(2));
    more = line.endsWith('\\');
  }
  return commands.join('\n');
}
for (const field of document.querySelectorAll('[data-copy]')) {
  field.after(...button(field.dataset.copy, field.dataset.copied, () => field.value, () => field.select()));
}
for (const text of document.querySelectorAll('[data-code]')) {
  for (const code of text.querySelectorAll('pre')) {
    const around = document.createElement('div');
    around.className = 'copyable';
    code.replaceWith(around);
    const made = button(text.dataset.code, text.dataset.copied, () => code.querySelector('.language-console, .language-shell-session') && typed(code) || code.textContent, () => getSelection().selectAllChildren(code));
    /* The words are the page's, also where the text is in another language. */
    for (const part of made) Object.assign(part, { lang: document.documentElement.lang, dir: document.documentElement.dir });
    around.append(code, ...made);
  }
}
