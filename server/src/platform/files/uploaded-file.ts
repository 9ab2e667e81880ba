/** A file as a multipart form brought it. Only what was sent as a file is one: no JSON can pass for it. */
export class UploadedFile {
  readonly file: Buffer;
  /** As the client names it, without folders: to be shown at most, never a path of ours. */
  readonly filename: string;

  constructor(file: Buffer, filename: string) {
    this.file = file;
    this.filename = filename;
  }
}
