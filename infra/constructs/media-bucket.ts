import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import { acceptFinding } from './accepted-finding.ts';
import type { Configurable } from './configurable.ts';

export type MediaBucketProps = Pick<
  StageSettings,
  'corsOrigins' | 'uploadRetentionDays' | 'speechRetentionDays' | 'imageRetentionDays' | 'keepData'
>;

/** Photos and narrations. The app reaches objects only through presigned requests. */
export class MediaBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: MediaBucketProps) {
    super(scope, id);
    const removalPolicy = props.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.bucket = new Bucket(this, 'Bucket', {
      ...closedToThePublic,
      removalPolicy,
      serverAccessLogsBucket: this.#accessLogs(removalPolicy),
      cors: [
        {
          allowedOrigins: props.corsOrigins,
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.PUT, HttpMethods.POST],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag'],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
      lifecycleRules: [
        { prefix: 'uploads/', expiration: Duration.days(props.uploadRetentionDays) },
        { prefix: 'speech/', expiration: Duration.days(props.speechRetentionDays) },
        { prefix: 'images/', expiration: Duration.days(props.imageRetentionDays) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }

  /** Sign links to what jobs have made; uploads cannot be read with it. */
  grantRead(fn: MediaUser): void {
    this.#grant(fn, ['s3:GetObject'], 'speech/*');
    this.#grant(fn, ['s3:GetObject'], 'images/*');
  }

  /** Keep speech, and find what is kept already. */
  grantSpeech(fn: MediaUser): void {
    this.#grant(fn, ['s3:GetObject', 's3:PutObject'], 'speech/*');
    this.#grantLook(fn);
  }

  /** Sign forms that upload; nothing can be read with it. */
  grantUpload(fn: MediaUser): void {
    this.#grant(fn, ['s3:PutObject'], 'uploads/*');
  }

  /** Read what was uploaded, and write the pictures made of it. */
  grantImages(fn: MediaUser): void {
    this.#grant(fn, ['s3:GetObject'], 'uploads/*');
    this.#grant(fn, ['s3:PutObject'], 'images/*');
    this.#grantLook(fn);
  }

  /** For functions that are configured with the bucket but whose jobs hold no media. */
  configure(fn: MediaUser): void {
    fn.setVariable('MEDIA_BUCKET_NAME', this.bucket.bucketName);
  }

  /**
   * Without the right to list, S3 answers a look for an absent object with 403, as if it were forbidden
   * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html).
   */
  #grantLook(fn: MediaUser): void {
    Grant.addToPrincipal({ grantee: fn, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] });
  }

  #grant(fn: MediaUser, actions: readonly string[], keys: MediaKeys): void {
    this.configure(fn);
    Grant.addToPrincipal({ grantee: fn, actions: [...actions], resourceArns: [this.bucket.arnForObjects(keys)] });
    acceptFinding(
      fn,
      new RegExp(`^AwsSolutions-IAM5\\[Resource::.*/${keys.replace('*', '\\*')}\\]$`),
      `Any object under ${keys} of the one media bucket: keys are made at run time.`,
    );
  }

  #accessLogs(removalPolicy: RemovalPolicy): Bucket {
    return new Bucket(this, 'AccessLogs', {
      ...closedToThePublic,
      removalPolicy,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
  }
}

/** What is kept where. */
type MediaKeys = 'uploads/*' | 'speech/*' | 'images/*';

type MediaUser = Configurable<'MEDIA_BUCKET_NAME'>;

const closedToThePublic = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
} as const;
