/** Families on the Xen hypervisor ("Amazon EC2 instance types: Instance hypervisor type"); all others are Nitro. */
const xenFamilies = new Set(
  'c1 c3 c4 cc2 cr1 d2 f1 g2 g3 g3s h1 hs1 i2 i3 m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e'.split(' '),
);

/** Name of the first network interface on Amazon Linux 2023: `enX0` on Xen, `ens5` on Nitro. */
export function interfaceNameOf(instanceType: string): string {
  const [family = '', size = ''] = instanceType.split('.');
  return xenFamilies.has(family) && !size.startsWith('metal') ? 'enX0' : 'ens5';
}
