namespace Atoll.Planning.Tests.Timing;

/// <summary>The layer queue the long way: every layer of every step, one after the other, with a calendar of what is due. Nothing of the fast one is used.</summary>
internal static class EventSimulation
{
    /// <summary>Mean seconds of a step over the later half of the periods.</summary>
    public static double StepSeconds(double step, int layers, double layerSeconds, double latency, int innerSteps, int fragments, int overlap, int periods)
    {
        double forward = step / 3 / layers, backward = 2 * step / 3 / layers;
        ILookup<int, int> sent = Enumerable.Range(0, fragments).ToLookup(p => (int)((long)p * innerSteps / fragments));
        Dictionary<(int Step, int Layer), double> due = [];
        double now = 0, link = 0, halfway = 0;
        for (int s = 0; s < innerSteps * periods; s++)
        {
            if (s == innerSteps * (periods / 2))
            {
                halfway = now;
            }
            for (int l = 0; l < layers; l++)
            {
                if (due.Remove((s, l), out double arrival))
                {
                    now = Math.Max(now, arrival);
                }
                now += forward;
            }
            for (int l = layers - 1; l >= 0; l--)
            {
                now += backward;
                if (sent[s % innerSteps].Contains(l % fragments))
                {
                    link = Math.Max(link, now) + layerSeconds;
                    due[(s + overlap + 1, l)] = link + latency;
                }
            }
        }
        return (now - halfway) / (innerSteps * (periods - periods / 2));
    }
}
