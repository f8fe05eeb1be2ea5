// See ec2.ts.
export {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient as Client,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
