import { rootUser, sessionUser, type User } from '../kernel/process';

export const imageUser: User = { name: 'ec2-user', id: 1000, home: '/home/ec2-user' };

const users: readonly User[] = [rootUser, sessionUser, imageUser];

/** A person's account by name, or by `#` and number. */
export function findUser(name: string): User | undefined {
  return users.find(user => user.name === name || `#${user.id}` === name);
}
