/** The folder of one owner's uploads. */
function uploadsOf(owner: string): string {
  return `uploads/${owner}/`;
}

/** Where an owner's upload of this id is kept. */
export function uploadKey(owner: string, id: string): string {
  return uploadsOf(owner) + id;
}

/** Whether an upload belongs to that owner. Only such a one may ever be read for them. */
export function isUploadOf(owner: string, key: string): boolean {
  return owner !== '' && key.startsWith(uploadsOf(owner));
}
