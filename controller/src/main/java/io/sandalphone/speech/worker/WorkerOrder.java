package io.sandalphone.speech.worker;

import java.io.DataOutputStream;
import java.io.IOException;

/// What the gateway tells a worker, over the worker's standard input.
interface WorkerOrder {
    void write(DataOutputStream out) throws IOException;
}
