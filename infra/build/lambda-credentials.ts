/**
 * Stands in bundles for the SDK's search for credentials: Lambda gives each sandbox its credentials in the environment, and the other places
 * where the SDK would look (profiles, SSO, instance metadata, other services) bring 100 kB of clients along.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
