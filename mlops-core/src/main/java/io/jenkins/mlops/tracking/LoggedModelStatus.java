package io.jenkins.mlops.tracking;

/** How far a logged model is. */
public enum LoggedModelStatus {
    /** Its files are being uploaded. */
    PENDING,
    READY,
    /** Its files could not be uploaded. */
    FAILED
}
