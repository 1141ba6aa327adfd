// As much of two packages without types of their own as we use.

declare module "yazl" {
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream;
    addFile(path: string, name: string, options?: { mtime?: Date; mode?: number }): void;
    end(): void;
  }
  const yazl: { ZipFile: typeof ZipFile };
  export default yazl;
}

declare module "yauzl" {
  interface Entry {
    readonly fileName: string;
    readonly uncompressedSize: number;
  }
  interface ZipFile extends NodeJS.EventEmitter {
    readEntry(): void;
    openReadStream(entry: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void): void;
  }
  const yauzl: {
    open(path: string, options: { lazyEntries: boolean }, done: (error: Error | null, zip: ZipFile) => void): void;
  };
  export default yauzl;
}
