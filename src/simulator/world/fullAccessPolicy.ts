/** The policy of an endpoint that was given none, as AWS prints it. */
export const fullAccessPolicy = JSON.stringify(
  { Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] },
  undefined,
  2,
);
