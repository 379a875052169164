/**
 * Keeps an MLflow server (1.30 to 3.x) in step with the registry, and finds what was changed there past it.
 *
 * <p>The registry is the record; promotions, policies and the ledger stay there. What is to be written at the server
 * follows from the ledger: its entries are committed with the changes that they tell of, so a change is either in the
 * ledger and will be written, or it was never made. {@link io.jenkins.mlops.registry.mlflow.RemoteStore} turns them into
 * an outbox, which survives restarts; {@link io.jenkins.mlops.registry.mlflow.RemoteMirror} works it off. An entry of
 * the outbox names what to bring up to date, not what to do: it is carried out by looking at both sides, so it may be
 * carried out twice, and late.
 */
package io.jenkins.mlops.registry.mlflow;
