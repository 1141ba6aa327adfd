/** Hands the reader a file. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A CSV file that spreadsheets open with the pound sign intact. */
export function csvFile(text: string): Blob {
  return new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" });
}

/**
 * A title as the name of a file, in the plain letters that every system takes: infinity-regions-and-cafes.csv. A window's title ends
 * with the product, which every name begins with already.
 */
export function fileName(title: string, extension: string): string {
  const plain = title
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[\p{M}'’]/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-|(-infinity)?-?$/g, "");
  return `infinity-${plain}.${extension}`;
}
