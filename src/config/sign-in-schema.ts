// How people may sign in beside local accounts: the OpenID Connect provider of the owners' house, and which of its groups
// has which role. The client's secret is not in the configuration: it comes from the environment or a file.

import { Type } from 'typebox';
import { closed } from './hours-schema.ts';

const role = Type.Union([
  Type.Literal('agent'),
  Type.Literal('supervisor'),
  Type.Literal('analyst'),
  Type.Literal('admin'),
]);

export const signInSchema = Type.Object(
  {
    openId: Type.Object(
      {
        issuer: Type.String({
          pattern: '^https?://[^\\s?#]+$',
          description: 'its address, as in its discovery document; http only on this machine',
        }),
        clientId: Type.String({ minLength: 1, maxLength: 200 }),
        redirectUri: Type.String({
          pattern: '^https?://[^\\s?#]+$',
          description: 'as registered there: the address of the centre and /api/v1/sign-in/openid/callback',
        }),
        scope: Type.Optional(Type.String({ minLength: 6, maxLength: 200, default: 'openid profile' })),
        nameClaim: Type.Optional(Type.String({ minLength: 1, maxLength: 64, default: 'preferred_username' })),
        rolesClaim: Type.Optional(Type.String({ minLength: 1, maxLength: 64, default: 'groups' })),
        agentClaim: Type.Optional(
          Type.String({ minLength: 1, maxLength: 64, description: 'which agent of the configuration it is' }),
        ),
        roles: Type.Array(
          Type.Object({ value: Type.String({ minLength: 1, maxLength: 200 }), role }, closed),
          { minItems: 1, maxItems: 100, description: 'what stands in the claim, and the role that it gives' },
        ),
      },
      {
        ...closed,
        description: 'the secret: RAPPEL_OPENID_SECRET, or the file named by RAPPEL_OPENID_SECRET_FILE',
      },
    ),
  },
  { ...closed, description: 'other ways to sign in than an account of the centre' },
);
