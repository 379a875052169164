/**
 * Registered models, their versions, aliases, promotions and deployments, and the ledger of every change.
 *
 * <p>{@link io.jenkins.mlops.registry.ModelRegistry} is the door; everything that passes through it is an immutable,
 * validated record of primitives, strings and JDK collections, so it may cross to an agent and back.
 */
package io.jenkins.mlops.registry;
