/* For documents, which are whole without it. A button beside the link to the
   page's text in Markdown copies that text; the links to other languages keep the
   heading that is being read. */
for (const link of document.querySelectorAll('a[data-copy-page]')) {
  if (!navigator.clipboard) break; /* as on pages without https */
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet';
  button.textContent = link.dataset.copyPage;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  let rest;
  const tell = (words) => {
    clearTimeout(rest);
    said.textContent = words;
    rest = setTimeout(() => { said.textContent = ''; }, 4000);
  };
  button.addEventListener('click', async () => {
    try {
      /* Safari copies within a click alone, so what it copies may come later. */
      const text = fetch(link.href).then((answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.text();
      });
      if (window.ClipboardItem) {
        const blob = text.then((words) => new Blob([words], { type: 'text/plain' }));
        await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
      } else {
        await navigator.clipboard.writeText(await text);
      }
      tell(link.dataset.copied);
    } catch {
      location.assign(link.href); /* there the text can be selected */
    }
  });
  link.after(button, said);
}

const languages = document.querySelectorAll('.languages a');
const keep = () => {
  /* A translation's heading answers to the id of the source's as well, which a
     span in it has; that one is the same in every language. */
  let heading = null; /* :target is not set yet when the page has only just come */
  try {
    heading = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch { /* no address of a heading */ }
  const source = heading && heading.querySelector('span[id]');
  for (const link of languages) link.hash = heading ? encodeURIComponent((source || heading).id) : '';
};
addEventListener('hashchange', keep);
keep();
