/** A wire name as the AWS CLI spells it: `DescribeVpcs` → `describe-vpcs` (boto/botocore:botocore/__init__.py, `xform_name`). */
export function kebabName(name: string): string {
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0];
  const prepared = plural ? `${name.slice(0, -plural.length)}-${plural.toLowerCase()}` : name;
  return prepared
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/-{2,}/g, '-')
    .replace('ipv-6', 'ipv6');
}
