import { Scope } from "#core/scope.ts";

/** Somebody who may sign in. */
export interface Person {
  readonly personId: string;
  readonly name: string;
  readonly role: "owner";
}

/** Whoever runs this machine. Accounts with other roles and fewer cafés come beside it. */
const owner: Person = { personId: "owner", name: "Owner", role: "owner" };

/** The person of that id; undefined when there is none (any more). */
export function personOf(personId: string): Person | undefined {
  return personId === owner.personId ? owner : undefined;
}

/**
 * The cafés a person may see, of all there are. This is the one place that decides it, from the store and never from the
 * request; an owner sees every café, new ones included.
 */
export function scopeOf(person: Person, everyCafe: Iterable<number>): Scope {
  switch (person.role) {
    case "owner":
      return new Scope(everyCafe);
  }
}
