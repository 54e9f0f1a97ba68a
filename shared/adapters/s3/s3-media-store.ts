import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { MediaProperties, MediaStore } from '../../domain/ports.ts';

/** Media in one private bucket. */
export class S3MediaStore implements MediaStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async save(key: string, content: Uint8Array, contentType: string, properties: MediaProperties = {}): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: content,
        ContentType: contentType,
        Metadata: { ...properties },
      }),
    );
  }

  async find(key: string): Promise<MediaProperties | undefined> {
    try {
      const { Metadata = {} } = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return Metadata;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }
}
