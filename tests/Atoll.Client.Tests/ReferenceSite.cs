namespace Atoll.Client.Tests;

/// <summary>
/// A site that trains <c>y = w·x + b</c> on the mean squared error with all its rows in each step: the papers' update rules, written out in double
/// precision and sharing no code with the client.
/// </summary>
internal sealed class ReferenceSite(double[][] x, double[] y)
{
    /// <summary>SCAFFOLD's <c>cᵢ</c>, FedDyn's <c>gₖ</c>.</summary>
    public double[] State { get; private set; } = new double[x[0].Length + 1];

    public double[] ControlChange { get; private set; } = [];

    /// <summary>FedAvg: <c>v ← ρv + g</c>, <c>w ← w − ηv</c> (Nesterov: <c>w ← w − η(g + ρv)</c>).</summary>
    public double[] Plain(double[] global, int steps, double rate, double momentum = 0, bool nesterov = false, double decay = 0) =>
        Descend(global, steps, rate, (w, g) => Add(g, w, decay), momentum, nesterov);

    /// <summary>FedProx, equation 2: <c>g + μ(w − w_global)</c>.</summary>
    public double[] Prox(double[] global, int steps, double rate, double mu, double momentum = 0) =>
        Descend(global, steps, rate, (w, g) => Add(g, Minus(w, global), mu), momentum);

    /// <summary>SCAFFOLD, Algorithm 1 with option II: <c>y ← y − η(g − cᵢ + c)</c>, <c>cᵢ⁺ = cᵢ − c + (x − y)/(Kη)</c>.</summary>
    public double[] Scaffold(double[] global, double[] control, int steps, double rate)
    {
        double[] update = Descend(global, steps, rate, (_, g) => Add(Add(g, State, -1), control, 1));
        double[] renewed = [.. State.Select((c, i) => c - control[i] - update[i] / (steps * rate))];
        ControlChange = Minus(renewed, State);
        State = renewed;
        return update;
    }

    /// <summary>FedDyn, Algorithm 1: on <c>g − gₖ + α(w − w_global)</c>; then <c>gₖ ← gₖ − αΔₖ</c>.</summary>
    public double[] Dyn(double[] global, int steps, double rate, double alpha)
    {
        double[] update = Descend(global, steps, rate, (w, g) => Add(Add(g, State, -1), Minus(w, global), alpha));
        State = Add(State, update, -alpha);
        return update;
    }

    private double[] Descend(double[] global, int steps, double rate, Func<double[], double[], double[]> change, double momentum = 0, bool nesterov = false)
    {
        double[] w = [.. global], v = new double[w.Length];
        for (int step = 0; step < steps; step++)
        {
            double[] g = change(w, Gradient(w));
            v = Add(g, v, momentum);
            w = Add(w, nesterov ? Add(g, v, momentum) : v, -rate);
        }
        return Minus(w, global);
    }

    /// <summary><c>2/n Σ (w·x + b − y) (x, 1)</c>.</summary>
    private double[] Gradient(double[] w)
    {
        double[] gradient = new double[w.Length];
        for (int row = 0; row < y.Length; row++)
        {
            double error = w[^1] - y[row];
            for (int i = 0; i < x[row].Length; i++)
            {
                error += w[i] * x[row][i];
            }
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += 2 * error * (i < x[row].Length ? x[row][i] : 1) / y.Length;
            }
        }
        return gradient;
    }

    private static double[] Add(double[] a, double[] b, double factor) => [.. a.Select((value, i) => value + factor * b[i])];

    private static double[] Minus(double[] a, double[] b) => Add(a, b, -1);
}
