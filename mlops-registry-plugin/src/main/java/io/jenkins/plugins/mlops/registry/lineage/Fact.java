package io.jenkins.plugins.mlops.registry.lineage;

/** One line of a build's lineage. Facts are final classes, because XStream does not read records back. */
interface Fact {
    /** Tells this fact from the others of its kind in the same build; a later fact of the same key replaces it. */
    String key();
}
