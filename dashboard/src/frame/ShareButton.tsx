import { useState } from "preact/compat";

/** Copies the address of this very view; on a phone offers it to other apps. */
export function ShareButton() {
  const [copied, setCopied] = useState<string | null>(null);
  const share = async () => {
    const url = location.href;
    try {
      if (navigator.share && matchMedia("(pointer: coarse)").matches)
        await navigator.share({ url, title: document.title });
      else {
        await navigator.clipboard.writeText(url);
        setCopied("Link copied");
      }
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      setCopied("Copy the address from the bar above");
    }
    setTimeout(() => setCopied(null), 2500);
  };
  return (
    <span className="share">
      <button type="button" className="link" onClick={() => void share()}>
        Share
      </button>
      <span role="status" className={copied ? "note-bubble" : "unseen"}>
        {copied}
      </span>
    </span>
  );
}
