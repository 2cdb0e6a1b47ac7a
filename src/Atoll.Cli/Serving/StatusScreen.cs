using System.Text.Json;
using Atoll.Experiments.Protocol;
using Spectre.Console;

namespace Atoll.Cli.Serving;

/// <summary>Where statuses are shown: drawn over the last one in a terminal, below it in a file, or as lines of JSON. What says nothing new is not written again.</summary>
internal sealed class StatusScreen(TextWriter output, Terminal terminal, bool isJson)
{
    private string _shown = "";
    private bool _isLost;

    public void Show(RunStatus status)
    {
        // Only the time of asking differs where nothing happened; a terminal shows ages, which go on.
        string text = JsonSerializer.Serialize(status with { Now = status.Started }, ProtocolJson.Default.RunStatus);
        bool isNews = text != _shown || _isLost;
        bool isFirst = _shown.Length == 0;
        (_shown, _isLost) = (text, false);
        if (isJson)
        {
            if (isNews)
            {
                output.WriteLine(JsonSerializer.Serialize(status, ProtocolJson.Default.RunStatus));
            }
        }
        else if (isNews || terminal.IsLive)
        {
            if (terminal.IsLive && !isFirst)
            {
                terminal.Console.Clear(home: true);
            }
            else if (!isFirst)
            {
                terminal.Line();
            }
            StatusView.Write(status, terminal);
        }
        output.Flush();
    }

    /// <summary>Said once; what is on the screen stays, and is old.</summary>
    public void Lost(string why, DateTimeOffset now)
    {
        if (!_isLost && !isJson)
        {
            terminal.Paragraph($"{now.ToLocalTime():HH:mm:ss}: {why} What stands above is old. Asking again …", new Style(Color.Red));
            output.Flush();
        }
        _isLost = true;
    }
}
