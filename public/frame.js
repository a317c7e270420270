/* The one script of the widget document /embed/<id>: it tells the page around
   the frame how high the card is, and which link was pressed. Nothing depends
   on it: where it does not run, or nobody listens, the card is the same.

   It travels inside the document as the style does, the same bytes in all of
   them, without these comments and without indentation; every line must
   therefore end where nothing needs to stand before the next. The document is
   passed through filters that damage ampersands and tags in scripts, so there
   is neither an ampersand nor a less-than sign in the code.

   Hosts it speaks to, each in its own way:
   - WordPress (wp-embed.js) adds #?secret=… to the address, after a fragment
     that may be there, and hides the frame until it hears the secret again. It
     follows a link for the frame, which its sandbox keeps from opening any, if
     the link leads to the frame's own host.
   - Mastodon's embed.js asks for the height under an id.
   - embed.ly's listeners (Medium and others) take it unasked, as JSON.
   - our own component (loan-card.js) reads that too, and hears of a link that is
     pressed, which changes nothing about the link.

   Any page may frame a widget, and in a sandbox it has no origin to know one by,
   so messages go to "*". They hold nothing private: a height, the
   address of a public link, and what the host itself put into the address or the
   question. All that a message can bring about is that the height is sent again,
   to the page around the frame; nobody else is listened to. */
if(parent!=self){
  const page=document.documentElement;
  const send=m=>parent.postMessage(m,"*");
  let secret,height,id;

  /* A card takes the height of its frame, so there is nothing to tell but the
     height it began with, until something does not fit. To tell the frame's
     height each time would never end where a host adds its own padding or
     border to it. A frame that is not shown, or is just being made, has no size
     yet; measured then, the card would be thousands of pixels high. It may not
     get one before WordPress has heard the secret, so that is told without. */
  const tell=()=>{
    const room=page.clientHeight;
    secret=location.hash.split("?secret=")[1];
    if(room)if(!height||page.scrollHeight>room)height=page.scrollHeight;
    if(secret)send({message:height?"height":"",value:height,secret});
    if(!height)return;
    if(id!=null)send({type:"setHeight",id,height});
    send(JSON.stringify({context:"iframe.resize",height,src:location.href}));
  };

  /* An id is given back as it came; not every object could be sent. */
  onmessage=e=>{
    const m=e.data||{};
    if(e.source!=parent||Object(m.id)===m.id)return;
    if(m.type=="setHeight")id=m.id;
    else if(m.message!="ready")return;
    tell();
  };

  /* A plain press of a link, by mouse or by key. With a modifier it is the
     reader's own wish for a new window, and the browser's to grant. */
  onclick=e=>{
    const a=e.target.closest("a");
    if(a)send({opened:a.href});
    if(!a||!secret||e.altKey||e.ctrlKey||e.metaKey||e.shiftKey)return;
    e.preventDefault();
    send({message:"link",value:a.href,secret});
  };

  /* At once, since a hidden frame may never be drawn; then whenever the host may
     have begun to listen, and when the card changes its size. */
  tell();
  onload=tell;
  onhashchange=tell;
  new ResizeObserver(tell).observe(document.querySelector("main"));
}
