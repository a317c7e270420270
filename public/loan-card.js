/* The web component <loan-card>, for other people's pages:

     <loan-card loan="100000" lang="es" size="wide" theme="dark">
       <a href="https://loans.example/es/lend/100000">Mai's loan</a>
     </loan-card>

   and, for the newest loans of a list that raise funds, <loan-card list="country/kh">;
   and the script that turns <blockquote class="loan-card" data-loan="100000"> into
   one. What stands inside is shown until the card in its frame has spoken, and for
   good where it never does: no script, a blocked frame, a host that is down. The
   style attributes of the snippets keep the room for the card until this script
   runs; a page whose policy takes no style attributes keeps it by a rule of its own,
   loan-card{display:block;min-height:300px}.

   - loan   the number, as text: a script that read a number could round it
   - list   newest, country/kh, sector/food or partners/67, where there is no loan
   - lang   a language of the site; left out, that of the page around it as far as
            the site speaks it
   - size   compact, standard, wide or fluid, the sizes of package snippet
   - theme  light, dark or auto; auto follows the page where it states a
            color-scheme, and is light where it states none

   Events, which bubble: loan-card:load when the card is there, loan-card:view when
   half of it has been in sight, loan-card:open when a link in it was pressed, with
   the link's address as detail. Nothing is sent anywhere and nothing is stored.

   It works under a content policy of script-src and frame-src for the site alone:
   styles are an adopted sheet, no markup is written, and there is no address in
   here but the one of the site, which is handed in together with its languages
   (site.Kind EmbedScript). Two of these scripts on a page are one.

   As in frame.js, every line ends where the next may be joined to it. */
(base,languages)=>{
  const name="loan-card";
  if(customElements.get(name))return;
  const sizes={compact:[300,420],standard:[450,300],wide:[720,260],fluid:["100%",300]};

  /* The frame keeps its room from the beginning; what stands inside lies over it
     until the card is there. */
  const sheet=new CSSStyleSheet();
  sheet.insertRule(":host{display:block;position:relative}");
  sheet.insertRule(":host([hidden]){display:none}");
  sheet.insertRule("iframe{display:block;border:0;max-width:100%}");
  sheet.insertRule("iframe.wait{visibility:hidden}");
  sheet.insertRule("iframe+slot{display:block;position:absolute;inset:0;overflow:auto}");
  sheet.insertRule("iframe+slot[hidden]{display:none}");
  sheet.insertRule(".light{color-scheme:light}");
  sheet.insertRule(".dark{color-scheme:dark}");

  /* The tag by which a language is in addresses: nothing for the site's first. */
  const prefix=tag=>{
    const own=languages.find(l=>l==tag||l==tag.split("-")[0])||languages[0];
    return own==languages[0]?"":own+"/";
  };

  class LoanCard extends HTMLElement{
    static observedAttributes=["loan","list","lang","size","theme"];
    #slot=document.createElement("slot");
    #frame;
    #page;
    #seen;

    connectedCallback(){
      if(!this.shadowRoot){
        this.attachShadow({mode:"open"}).adoptedStyleSheets=[sheet];
        this.shadowRoot.append(this.#slot);
      }
      addEventListener("message",this);
      this.#show();
    }
    disconnectedCallback(){
      removeEventListener("message",this);
      this.#seen?.disconnect();
    }
    attributeChangedCallback(_,before,now){
      if(this.isConnected)if(this.shadowRoot)if(before!=now)this.#show();
    }

    #show(){
      const loan=this.getAttribute("loan"),list=this.getAttribute("list");
      const named=loan||list||"";
      this.#frame?.remove();
      this.#seen?.disconnect();
      this.#slot.hidden=false;
      if(!(loan?/^[1-9][0-9]{0,15}$/:/^(newest|(country|sector|partners)\/[^/.?#\\]+)$/).test(named))return;
      const [width,height]=sizes[this.getAttribute("size")]||sizes.standard;
      let theme=this.getAttribute("theme");
      if(theme=="auto")if(getComputedStyle(this).colorScheme=="normal")theme="";
      const frame=this.#frame=document.createElement("iframe");
      const lang=this.closest("[lang]")?.lang||"";
      Object.assign(frame,{width,height,loading:"lazy",referrerPolicy:"no-referrer"});
      frame.setAttribute("sandbox","allow-scripts allow-popups allow-popups-to-escape-sandbox");
      frame.className="wait "+(theme=="dark"?theme:theme=="auto"?"":"light");
      this.#page=loan?"lend/"+loan:list=="newest"?"":list+"/";
      frame.title=this.#title();
      frame.src=base+prefix(lang)+"embed/"+named+(theme=="dark"||theme=="auto"?"#"+theme:"");
      this.shadowRoot.prepend(frame);
    }

    /* The words of the link inside, which the page may not have read yet when the
       element begins. */
    #title(){
      return this.title||this.querySelector("a")?.textContent||base+this.#page;
    }

    handleEvent({source,data}){
      const frame=this.#frame;
      if(!frame||source!=frame.contentWindow)return;
      if(data?.opened)this.#tell("open",data.opened);
      try{
        data=JSON.parse(data);
      }catch{
        return;
      }
      if(data?.context!="iframe.resize")return;
      const height=Math.min(Math.max(data.height,+frame.height),1200);
      if(height)frame.height=height;
      if(this.#slot.hidden)return;
      this.#slot.hidden=true;
      frame.classList.remove("wait");
      frame.title=this.#title();
      this.#tell("load");
      this.#seen=new IntersectionObserver(([entry],seen)=>{
        if(!entry.isIntersecting)return;
        seen.disconnect();
        this.#tell("view");
      },{threshold:.5});
      this.#seen.observe(this);
    }

    #tell(what,detail){
      this.dispatchEvent(new CustomEvent(name+":"+what,{bubbles:true,composed:true,detail}));
    }
  }
  customElements.define(name,LoanCard);

  /* A quotation becomes what stands inside a card. */
  const upgrade=()=>{
    for(const quote of document.querySelectorAll("blockquote."+name)){
      const card=document.createElement(name);
      for(const key of ["loan","list","size","theme"])if(quote.dataset[key])card.setAttribute(key,quote.dataset[key]);
      if(quote.lang)card.lang=quote.lang;
      card.style.minHeight=quote.style.minHeight;
      quote.style.minHeight="";
      quote.classList.remove(name);
      quote.replaceWith(card);
      card.append(quote);
    }
  };
  upgrade();
  new MutationObserver(upgrade).observe(document,{childList:true,subtree:true});
}
