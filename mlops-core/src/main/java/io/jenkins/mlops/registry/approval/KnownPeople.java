package io.jenkins.mlops.registry.approval;

import java.util.Optional;
import java.util.Set;

/** What the host knows about its users and groups; much of it is often not to be known. */
public interface KnownPeople {
    /** Knows nobody: every name may be a group of any size. */
    KnownPeople UNKNOWN = new KnownPeople() {
        @Override
        public Optional<Boolean> isGroup(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Set<String>> members(String group) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> isUser(String id) {
            return Optional.empty();
        }
    };

    /** Whether there is such a group; empty when that can't be told. */
    Optional<Boolean> isGroup(String name);

    /** The ids of all members of a group; empty when they can't be listed. */
    Optional<Set<String>> members(String group);

    /** Whether there is a user of this id; empty when that can't be told. */
    Optional<Boolean> isUser(String id);
}
