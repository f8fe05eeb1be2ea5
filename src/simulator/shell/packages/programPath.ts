/** Programs that live in /usr/sbin. */
const systemPrograms = new Set(['apachectl', 'arping', 'httpd', 'ip', 'nginx', 'service', 'ss', 'sshd', 'tcpdump']);

/** Where a program's file lies. */
export function programPath(name: string): string {
  return `/usr/${systemPrograms.has(name) ? 'sbin' : 'bin'}/${name}`;
}
