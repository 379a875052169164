package io.jenkins.mlops.monitor;

/** How serious a signal is. */
public enum SignalState {
    /** All is well. */
    OK,
    /** Something was seen that may be nothing: one bad observation, or a few. */
    SUSPECT,
    /** It was seen often enough in a row to be believed. */
    ALARM,
    /** After an alarm, good observations again, but not yet enough of them. */
    RECOVERING
}
